"""All actions, in the order in which they are shown."""

from policy.actions.after import AFTER
from policy.actions.first import FIRST
from policy.actions.review import REVIEW

ACTIONS = (*FIRST, *REVIEW, *AFTER)

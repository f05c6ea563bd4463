# Signpost's image: two stages, so that the second holds neither a build tool nor a package cache.
# The base is pinned by tag. A digest would be stricter; whoever publishes an image should add the one that they checked.
FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY requirements/run.txt requirements/build.txt requirements/
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --require-hashes --only-binary :all: -r requirements/run.txt \
    && pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY policy policy
COPY handlers handlers
COPY bot bot
# The bytecode is made here and never checked against its source: the running container may write nowhere but /data.
RUN pip wheel --no-cache-dir --no-index --no-deps --no-build-isolation --wheel-dir /wheel . \
    && pip --python /venv/bin/python install --no-cache-dir --no-index --no-deps /wheel/*.whl \
    && /venv/bin/python -m compileall -q -f --invalidation-mode unchecked-hash /venv/lib

FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="Signpost" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.description="Guided safeguarding triage in Slack and Microsoft Teams"
COPY --from=build /venv /venv
# A number, so that a cluster that insists on a user other than root can see it; the group may not write either.
RUN install -d -o 10001 -g 10001 -m 0700 /data
USER 10001:10001
WORKDIR /srv
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SIGNPOST_DATA_DIR=/data \
    SIGNPOST_HOST=0.0.0.0
VOLUME /data
EXPOSE 3978
# The second port answers inside the container only, unless SIGNPOST_OPS_HOST says otherwise; the check reads that too.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "bot", "healthy"]
CMD ["python", "-m", "bot", "serve"]

"""What touches the world: wires, databases, mail, clocks. Imports `handlers` and `policy`, and neither imports it."""

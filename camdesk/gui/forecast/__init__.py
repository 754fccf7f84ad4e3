"""The quarter by partner: the number, what changed in it, and the CAM's own call typed into the table."""

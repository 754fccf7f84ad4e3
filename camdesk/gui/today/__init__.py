"""The screen of the morning: what needs the CAM, opened beside it, and dealt with by keyboard."""

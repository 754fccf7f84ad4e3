"""What a CAM begins the day with."""

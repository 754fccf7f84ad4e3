"""What a person writes, judges and keeps at hand."""

"""What changes and what ends, in the forms that feed readers and calendars subscribe to."""

"""The program about itself: its version, and the parts that come with it."""

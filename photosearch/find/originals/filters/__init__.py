"""What filters leave: resizing, what a finer picture has beyond a coarser one, and sharpening."""

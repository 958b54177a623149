"""What is learned from labels and feedback: suggestions, and how photos are compared."""

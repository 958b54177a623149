"""A library as others read it: snapshots in a folder, usually on a shared drive, and the seats that open them."""

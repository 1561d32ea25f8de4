//! The roles a participant can play, one file each: lease lock, store, client.

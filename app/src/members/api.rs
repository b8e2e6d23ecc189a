//! What forms about members do.

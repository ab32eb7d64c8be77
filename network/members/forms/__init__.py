"""What is typed about members: by the office, and by whoever looks for one."""

"""Where are objects kept? On a server with S3's protocol, in a folder, or in memory."""

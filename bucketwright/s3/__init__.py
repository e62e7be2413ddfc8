"""How are S3 and the services around it asked? Within bounds: of time, of attempts, of size."""

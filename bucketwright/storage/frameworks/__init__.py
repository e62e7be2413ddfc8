"""The storage as frameworks want it. Each module needs its framework, and is imported by nobody else."""

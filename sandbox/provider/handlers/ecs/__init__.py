"""Clusters and tasks of ECS."""

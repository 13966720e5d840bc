"""The dispute files of the exercise, each told through the services by the officers who keep it."""

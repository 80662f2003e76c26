revision = "5e"
<<<<<<< HEAD
down_revision = "4d"
=======
down_revision = "2b"
>>>>>>> main

from daodi.cli import main

main()

"""What can a reader infer?"""

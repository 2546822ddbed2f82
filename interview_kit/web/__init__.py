"""Web routes and middleware beside Streamlit: the live interview and the candidate's window."""

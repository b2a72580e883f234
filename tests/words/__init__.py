"""The words of the interface: found in the code, kept in portal/locale/, compiled for Django.

./run words     adds what is new to each catalogue, drops what is gone, compiles
"""

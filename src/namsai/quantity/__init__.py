"""Units, money, periods, uncertain values: conversion happens here, at the edges; inside, plain SI floats."""

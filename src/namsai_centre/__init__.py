"""The centre's web application on top of the library: people, registry, engagements, assessments, savings."""

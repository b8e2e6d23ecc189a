## members

"""The post office: addresses, lists, letters and calendars. It never speaks HTTP and asks nobody."""

## The frame of every page

site-skip = Skip to the content
site-menu = Menu
site-navigation = Main

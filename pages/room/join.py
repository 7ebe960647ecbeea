"""Join a live session: the page for phones where a host doesn't serve their own one."""

from nethealth.ui.join import form

form.show()

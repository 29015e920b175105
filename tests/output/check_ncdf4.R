# check_ncdf4.R FILE: R's ncdf4 sees axes, units, Arabic names and values.
if (!requireNamespace("ncdf4", quietly = TRUE)) {
  cat("skipped: no ncdf4\n")
  quit(status = 77)
}
file <- ncdf4::nc_open(commandArgs(trailingOnly = TRUE)[1])
stopifnot(identical(file$dim$time$units, "days since 2019-04-29"))
values <- ncdf4::ncvar_get(file, "displaced")  # R has the fastest axis first
stopifnot(identical(dim(values), c(4L, 5L, 3L)))
for (member in 0:2) for (time in 0:4) for (place in 0:3) {
  stopifnot(values[place + 1, time + 1, member + 1] == 2000 + 100 * member + 10 * time + place)
}
stopifnot(identical(ncdf4::ncatt_get(file, "displaced", "units")$value, "persons"))
arabic <- ncdf4::ncvar_get(file, "place_name_ar")
stopifnot(identical(enc2utf8(as.vector(arabic)), enc2utf8(c("معرة النعمان", "خان شيخون", "أطمة", "باب الهوى"))))
stopifnot(identical(as.vector(ncdf4::ncvar_get(file, "place_pcode")), c("C1000", "", "C1002", "C1003")))
stopifnot(ncdf4::ncatt_get(file, 0, "seed")$value == 2019)
inside <- ncdf4::ncvar_get(file, "reported/inside")
stopifnot(identical(as.integer(inside), c(1L, 0L)))
ncdf4::nc_close(file)

#include "file/file_api.h"

#include "file/file_folder.h"

bool file_upload_check(struct request *r)
{
	const struct upload *upload = request_upload(r);

	if (!upload || upload->size == 0)
		return error_set(r->call.err, ERR_file_empty, NULL, NULL);
	return file_name_check(upload->name, r->call.err);
}

bool file_from_upload(struct request *r, struct file *out)
{
	const struct upload *upload = request_upload(r);

	if (!file_upload_check(r))
		return false;
	*out = (struct file){
		.sha256 = upload->sha256,
		.name = upload->name,
		.size = (int64_t)upload->size,
	};
	return file_type_of_path(upload->path, out->name, &out->type, r->call.err) &&
	       folder_take(upload->path, out->sha256, r->call.err);
}

bool file_reply(struct request *r, const struct file *file)
{
	char path[FILE_PATH_MAX];

	return reply_file(r, file_path(file->sha256, path), file->type, file->name);
}

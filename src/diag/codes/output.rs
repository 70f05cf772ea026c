//! Codes of the input folder as a folder: names, links and files that cannot be read, before anyone asks what is in
//! them.

crate::diagnostic_codes! {
    FILE_NAME = "file-name", Error,
        "The name of a file or folder is not UTF-8, so no page, link or diagnostic can name it. It is left out.",
        "Rename it to a name in UTF-8.";
    NAME_CLASH = "name-clash", Error,
        "Two names in one folder are the same on a disk that folds case or composes accents.",
        "Rename one of the two.";
    UNREADABLE = "unreadable", Error,
        "A file or folder of the input could not be read. The rest of the portal is built without it.",
        "Give the file permissions that allow reading, or move it out of the input folder.";
    FILE_SIZE = "file-size", Error,
        "The file is larger than any that Portolan reads.",
        "Publish the file elsewhere and link to it.";
    LINK_NOT_FOLLOWED = "link-not-followed", Warning,
        "A symbolic link leads nowhere, out of the input folder, or back to a folder that holds it.",
        "Copy what it leads to into the input folder, or remove the link.";
    NOT_A_FILE = "not-a-file", Warning,
        "The entry is neither a file nor a folder: a pipe, socket or device. It is left out.",
        "Move it out of the input folder.";
}

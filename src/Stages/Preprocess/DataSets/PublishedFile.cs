namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>Where one of a data set's files is published.</summary>
/// <param name="Name">The file's name, without folder.</param>
/// <param name="Address">Its address, over HTTPS.</param>
/// <param name="Sha256">The SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Length">The number of its bytes.</param>
public sealed record PublishedFile(string Name, Uri Address, string Sha256, long Length);

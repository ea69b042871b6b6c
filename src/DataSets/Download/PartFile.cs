using System.Net.Http.Headers;
using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.DataSets.Download;

/// <summary>
/// What has come of a file so far: <c>&lt;name&gt;.part</c> beside the file's place, and in
/// <c>&lt;name&gt;.part.version</c> the version of the server's file that it is the beginning of. It takes the file's
/// name only when it is whole and has the published digest.
/// </summary>
internal sealed class PartFile(PublishedFile file, string folder)
{
    private readonly string part = Path.Combine(folder, file.Name + ".part");
    private readonly string version = Path.Combine(folder, file.Name + ".part.version");

    /// <summary>The number of bytes that have come.</summary>
    public long Length => new FileInfo(part) is { Exists: true } info ? info.Length : 0;

    /// <summary>
    /// The version of the server's file that the bytes belong to, as <see cref="Restart"/> was given
    /// it; null where it isn't known.
    /// </summary>
    /// <exception cref="PipelineException">It can't be read.</exception>
    public RangeConditionHeaderValue? Version() =>
        OnDisk(() =>
            File.Exists(version) && RangeConditionHeaderValue.TryParse(File.ReadAllText(version), out var value)
                ? value
                : null
        );

    /// <summary>Opens the part to write behind what has come.</summary>
    /// <exception cref="PipelineException">It can't be written.</exception>
    public FileStream Continue() =>
        OnDisk(() =>
            new FileStream(part, FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0)
        );

    /// <summary>Opens an empty part.</summary>
    /// <param name="current">The version of the server's file that will be written to it, or null where the server names none.</param>
    /// <exception cref="PipelineException">It can't be written.</exception>
    public FileStream Restart(RangeConditionHeaderValue? current) =>
        OnDisk(() =>
        {
            // The old bytes go first: they must never stand beside the name of another version.
            Delete();
            if (current is not null)
                File.WriteAllText(version, current.ToString());
            return new FileStream(
                part,
                FileMode.Create,
                FileAccess.Write,
                FileShare.Read | FileShare.Delete,
                bufferSize: 0
            );
        });

    /// <summary>Writes what has come.</summary>
    /// <exception cref="PipelineException">There is no room.</exception>
    public void Write(FileStream stream, ReadOnlyMemory<byte> bytes) => OnDisk(() => stream.Write(bytes.Span));

    /// <summary>
    /// Gives a part of the file's length the file's name, durably. Null when it has it; else its digest is not the
    /// published one, and it was deleted.
    /// </summary>
    /// <exception cref="PipelineException">It can't be read or moved.</exception>
    public DownloadFailure? Complete() =>
        OnDisk(() =>
        {
            string digest;
            using (var stream = new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
            {
                stream.Flush(flushToDisk: true);
                digest = Digest.Of(stream);
            }
            if (digest != file.Sha256)
                return Refuse($"the SHA-256 of what came is {digest} instead of {file.Sha256}");
            File.Move(part, Path.Combine(folder, file.Name), overwrite: true);
            File.Delete(version);
            return null;
        });

    /// <summary>Deletes what has come, since it is not the published file.</summary>
    /// <exception cref="PipelineException">It can't be deleted.</exception>
    public DownloadFailure Refuse(string why)
    {
        Delete();
        return DownloadFailure.ForGood(why);
    }

    /// <summary>Deletes what has come.</summary>
    /// <exception cref="PipelineException">It can't be deleted.</exception>
    public void Delete() =>
        OnDisk(() =>
        {
            File.Delete(part);
            File.Delete(version);
        });

    private void OnDisk(Action work) =>
        OnDisk<object?>(() =>
        {
            work();
            return null;
        });

    // What goes wrong with the disk must not be taken for what goes wrong with the network, which is an IOException too.
    private T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataSetDownload.CannotWrite(folder, e);
        }
    }
}

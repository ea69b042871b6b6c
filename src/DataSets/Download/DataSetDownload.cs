using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.DataSets.Download;

/// <summary>
/// Downloads the published files of data sets, each set to a folder of its name. Files that are there are left
/// alone: each was checked before it got its name. Of several processes that want the same data set one
/// downloads it, and the others wait.
/// </summary>
/// <param name="folder">The folder of all data sets; made where it is missing.</param>
/// <param name="settings">How patient the download is.</param>
/// <param name="output">Where to tell what happens.</param>
/// <param name="cancellation">Ends a download; the next goes on from there.</param>
internal sealed class DataSetDownload(
    string folder,
    DownloadSettings settings,
    TextWriter output,
    CancellationToken cancellation
)
{
    private const string LockFile = ".lock";

    private readonly TimeProvider clock = TimeProvider.System;

    /// <summary>The folder that a data set is downloaded to.</summary>
    public string FolderOf(string name) => Path.Combine(folder, name);

    /// <summary>Where files are to be downloaded from, and how much that is.</summary>
    public static string Describe(IReadOnlyList<PublishedFile> files) =>
        $"to be downloaded from {string.Join(", ", files.Select(file => file.Address.Host).Distinct(StringComparer.Ordinal))} "
        + $"({DownloadProgress.Size(files.Sum(file => file.Length))})";

    /// <summary>Downloads the files of a data set that are not there yet.</summary>
    /// <param name="name">The data set's name in a study.</param>
    /// <param name="files">All its files.</param>
    /// <exception cref="PipelineException">A file can't be downloaded or written, or the download was ended.</exception>
    public void Fetch(string name, IReadOnlyList<PublishedFile> files)
    {
        var progress = new DownloadProgress(name, files, output);
        output.WriteLine($"dataset {name}: {Describe(files)} to {FolderOf(name)}");
        try
        {
            progress.Show(() => FetchAsync(name, files, progress).GetAwaiter().GetResult());
        }
        catch (OperationCanceledException e)
        {
            throw new PipelineException(
                $"Interrupted: what has come of the data set '{name}' is kept, and the same command goes on from there.",
                e
            );
        }
    }

    /// <summary>The sentence for a folder of the cache that can't be written.</summary>
    public static PipelineException CannotWrite(string folder, Exception exception) =>
        new(
            $"{folder} can't be written ({exception.Message.TrimEnd('.')}): "
                + "make room or mend the permissions, or choose another folder with --cache.",
            exception
        );

    private async Task FetchAsync(string name, IReadOnlyList<PublishedFile> files, DownloadProgress progress)
    {
        var target = FolderOf(name);
        using var held = await LockAsync(target, progress);
        using var downloader = new Downloader(Downloader.CreateHandler(), settings, clock);
        foreach (var file in files)
        {
            if (
                !File.Exists(Path.Combine(target, file.Name))
                && await downloader.FetchAsync(file, target, progress, cancellation) is { } failure
            )
            {
                throw new PipelineException(
                    $"The data set '{name}' is not here and can't be downloaded ({file.Address}: {failure.What}): "
                        + $"put {string.Join(", ", files.Select(f => f.Name))} into a folder "
                        + $"and name that with --data=<folder>, or into {target}."
                );
            }
            progress.At(file, file.Length);
        }
    }

    // The lock file stays: were it deleted, one process could lock the deleted file, and another a new one.
    private async Task<FileStream> LockAsync(string target, DownloadProgress progress)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                Directory.CreateDirectory(target);
                return new FileStream(
                    Path.Combine(target, LockFile),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (isFirst)
                    progress.Tell("another process downloads it; waiting for that");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw CannotWrite(target, e);
            }
            await Task.Delay(settings.Poll, clock, cancellation);
        }
    }

    // ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK on Linux and on macOS.
    private static bool IsHeld(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;
}

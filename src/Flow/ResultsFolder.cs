using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Flow;

/// <summary>Puts files that belong together where they belong, all or none as far as a file system allows, and only what differs.</summary>
internal static class ResultsFolder
{
    /// <summary>Makes the folder hold exactly these of the pipeline's files; files that it didn't make are left alone.</summary>
    /// <param name="folder">The folder; made where it is missing.</param>
    /// <param name="files">Bytes by file name, which may name a folder within, as in <c>tensors/weight.npy</c>.</param>
    /// <param name="formerFiles">Names of the files that an earlier command put there.</param>
    /// <param name="option">The option that names the folder; null where none does.</param>
    /// <returns>The names of the files that were written or removed, in order.</returns>
    /// <exception cref="PipelineException">The folder can't be written.</exception>
    public static IReadOnlyList<string> Install(
        string folder,
        IReadOnlyDictionary<string, byte[]> files,
        IEnumerable<string> formerFiles,
        string? option = "--results"
    )
    {
        try
        {
            string[] former = [.. formerFiles];
            StagedFiles.DeleteLeftovers(folder, files.Keys.Concat(former));
            var changed = Differing(folder, files);
            var gone = Array.FindAll(former, name => !files.ContainsKey(name));
            using var staged = changed.Count > 0 ? new StagedFiles(folder) : null;
            // A former manifest stays to the end: it alone tells which files were there. The first comes first, and tells whose they are.
            var hadManifest = File.Exists(Path.Combine(folder, ResultFiles.Manifest));
            foreach (var name in changed.OrderBy(name => name == ResultFiles.Manifest == hadManifest))
                staged!.Add(name, files[name]);
            staged?.MoveAll(butLast: hadManifest ? changed.Count(name => name == ResultFiles.Manifest) : 0);
            Array.ForEach([.. gone.Select(name => Path.Combine(folder, name)).Where(Path.Exists)], File.Delete);
            staged?.MoveAll();
            return [.. changed, .. gone];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(
                $"{folder} can't be written ({e.Message.TrimEnd('.')}): make room or make it writable"
                    + (option is null ? "." : $", or name another folder with {option}=<folder>."),
                e
            );
        }
    }

    /// <summary>
    /// The files of an earlier report in a study's folder, by its manifest; none where that is missing, and where it is damaged the
    /// table of claims, which not every report has.
    /// </summary>
    public static IReadOnlyList<string> FormerFiles(string folder)
    {
        var path = Path.Combine(folder, ResultFiles.Manifest);
        if (!File.Exists(path))
            return [];
        try
        {
            var files = ManifestEncoding
                .Decode(File.ReadAllBytes(path))
                .Keys.Select(key => ManifestEntry.TryName(key, ManifestEntry.File));
            return [.. files.OfType<string>().Select(file => Path.GetFileName(file))];
        }
        catch (InvalidDataException)
        {
            return [ResultFiles.Claims];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The names of the files that the folder doesn't hold with these bytes.</summary>
    public static IReadOnlyList<string> Differing(string folder, IReadOnlyDictionary<string, byte[]> files) =>
        [
            .. files
                .Where(file => !StagedFiles.IsInPlace(Path.Combine(folder, file.Key), file.Value))
                .Select(file => file.Key),
        ];
}

using Pipeline.Artifacts;

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
        var written = new List<(string Temporary, string Final)>();
        var changed = new List<string>();
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, bytes) in files)
            {
                var final = Path.Combine(folder, name);
                if (HasBytes(final, bytes))
                    continue;
                var temporary = $"{final}.{Environment.ProcessId}.tmp";
                written.Add((temporary, final));
                Directory.CreateDirectory(Path.GetDirectoryName(final)!);
                File.WriteAllBytes(temporary, bytes);
                changed.Add(name);
            }
            foreach (var (temporary, final) in written)
                File.Move(temporary, final, overwrite: true);
            foreach (var name in formerFiles.Where(name => !files.ContainsKey(name)))
            {
                File.Delete(Path.Combine(folder, name));
                changed.Add(name);
            }
            return changed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(
                $"{folder} can't be written ({e.Message.TrimEnd('.')}): make it writable"
                    + (option is null ? "." : $", or name another folder with {option}=<folder>."),
                e
            );
        }
        finally
        {
            foreach (var (temporary, _) in written)
                File.Delete(temporary);
        }
    }

    /// <summary>The files of an earlier report in a study's folder, by its manifest; none where that is missing or damaged.</summary>
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
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The names of the files that the folder doesn't hold with these bytes.</summary>
    public static IReadOnlyList<string> Differing(string folder, IReadOnlyDictionary<string, byte[]> files) =>
        [.. files.Where(file => !HasBytes(Path.Combine(folder, file.Key), file.Value)).Select(file => file.Key)];

    // A file that can't be read is replaced, or the attempt tells why not.
    private static bool HasBytes(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file
                && file.Length == bytes.Length
                && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

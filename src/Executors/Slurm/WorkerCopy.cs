using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Executors.Slurm;

/// <summary>
/// A copy of the program that trains, with links to its native libraries: what waits to be begun is trained by the code that it was
/// submitted with, whatever is built meanwhile.
/// </summary>
internal static class WorkerCopy
{
    /// <summary>Copies a program with all that its list of dependencies names.</summary>
    /// <param name="program">Its assembly.</param>
    /// <param name="folder">The folder to copy to.</param>
    /// <returns>The path of the copied assembly.</returns>
    /// <exception cref="PipelineException">The program isn't all there.</exception>
    /// <exception cref="IOException">There is no room.</exception>
    public static string To(string program, string folder)
    {
        var from = Path.GetDirectoryName(program)!;
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in FilesOf(program))
                File.Copy(Path.Combine(from, file), Path.Combine(folder, file), overwrite: true);
            // These are large, and the same as long as their versions, which keys name, are.
            foreach (var file in NativeFilesOf(program).Where(file => File.Exists(Path.Combine(from, file))))
            {
                var link = Path.Combine(folder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(link)!);
                File.CreateSymbolicLink(link, Path.Combine(from, file));
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PipelineException(
                $"The worker's program is not all there ({e.Message.TrimEnd('.')}): build again.",
                e
            );
        }
        return Path.Combine(folder, Path.GetFileName(program));
    }

    // Files lie side by side, whatever folder a package has them in.
    private static IEnumerable<string> FilesOf(string program) =>
        [
            .. Listed(program, "runtime").Select(name => Path.GetFileName(name)!),
            Path.GetFileName(Path.ChangeExtension(program, ".deps.json")),
            Path.GetFileName(Path.ChangeExtension(program, ".runtimeconfig.json")),
        ];

    // Native libraries lie beside the others, or where the package has them.
    private static IEnumerable<string> NativeFilesOf(string program) =>
        Listed(program, "native")
            .Concat(Listed(program, "runtimeTargets"))
            .SelectMany(name => new[] { name, Path.GetFileName(name) })
            .Where(name => !Path.IsPathRooted(name) && !name.Contains("..", StringComparison.Ordinal))
            .Except(FilesOf(program), StringComparer.Ordinal)
            .Distinct(StringComparer.Ordinal);

    private static string[] Listed(string program, string kind)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(program, ".deps.json")));
        return
        [
            .. json
                .RootElement.GetProperty("targets")
                .EnumerateObject()
                .SelectMany(target => target.Value.EnumerateObject())
                .Where(library => library.Value.TryGetProperty(kind, out _))
                .SelectMany(library => library.Value.GetProperty(kind).EnumerateObject())
                .Select(file => file.Name),
        ];
    }
}

using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Executors.Slurm;

/// <summary>
/// A copy of the program that trains: what waits to be begun is trained by the code that it was submitted with, whatever is built
/// meanwhile.
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
    private static IEnumerable<string> FilesOf(string program)
    {
        var dependencies = Path.ChangeExtension(program, ".deps.json");
        using var json = JsonDocument.Parse(File.ReadAllBytes(dependencies));
        var runtime = json
            .RootElement.GetProperty("targets")
            .EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(library => library.Value.TryGetProperty("runtime", out _))
            .SelectMany(library => library.Value.GetProperty("runtime").EnumerateObject())
            .Select(file => Path.GetFileName(file.Name))
            .ToArray();
        return
        [
            .. runtime,
            Path.GetFileName(dependencies),
            Path.GetFileName(Path.ChangeExtension(program, ".runtimeconfig.json")),
        ];
    }
}

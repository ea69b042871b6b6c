using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Flow;

namespace Pipeline.Export;

/// <summary>The folder of an exported network. It is the export's own: an earlier one is replaced, anything else left alone.</summary>
internal static class ExportFolder
{
    private const string Option = "--to";

    /// <summary>Refuses a folder with other contents.</summary>
    /// <returns>The names of the files that an earlier export put there.</returns>
    /// <exception cref="PipelineException">
    /// A file stands in the folder's place, or the folder holds something else than an export.
    /// </exception>
    public static IReadOnlyList<string> RequireOurs(string folder)
    {
        if (File.Exists(folder))
            throw new PipelineException($"{folder} is a file: name a folder with {Option}=<folder>.");
        try
        {
            return !Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).All(IsStage)
                ? []
                : Former(Path.Combine(folder, ExportedFiles.Description))
                    ?? throw new PipelineException(
                        $"{folder} holds other things than an exported network: name a new folder with {Option}=<folder>."
                    );
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PipelineException(
                $"{folder} can't be read ({e.Message.TrimEnd('.')}): name another folder with {Option}=<folder>.",
                e
            );
        }
    }

    /// <summary>Makes the folder hold an export.</summary>
    /// <param name="folder">The folder; made where it is missing.</param>
    /// <param name="files">Bytes by file name.</param>
    /// <returns>The names of the files that were written or removed.</returns>
    /// <exception cref="PipelineException">It can't be written, or is not for an export.</exception>
    public static IReadOnlyList<string> Install(string folder, IReadOnlyDictionary<string, byte[]> files) =>
        ResultsFolder.Install(folder, files, RequireOurs(folder), Option);

    // What an export that died left there.
    private static bool IsStage(string path) => StagedFiles.IsStage(Path.GetFileName(path));

    // Names from a file that anybody may have written must not lead out of the folder.
    private static IReadOnlyList<string>? Former(string path)
    {
        try
        {
            var description = JsonNode.Parse(File.ReadAllBytes(path));
            return NetworkJson
                .TensorNames(description)
                ?.Select(name => ExportedFiles.OfTensor(Path.GetFileName(name)))
                .Concat(ExportedPreprocessing.FilesOf(description))
                .ToList();
        }
        catch (Exception e)
            when (e is IOException or JsonException or ArgumentException or InvalidOperationException or FormatException
            )
        {
            return null;
        }
    }
}

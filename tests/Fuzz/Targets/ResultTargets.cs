using System.Text;
using Pipeline.Artifacts;
using Pipeline.Benchmarks;
using Pipeline.Results;

namespace Pipeline.Fuzz.Targets;

/// <summary>The files of a study's results, which Verify, Diff and scripts read.</summary>
internal static class ResultTargets
{
    private const int Lines = 12;

    private static readonly Dictionary<string, byte[]> Files = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "results", "zig-zag"))
        .ToDictionary(path => Path.GetFileName(path), Beginning, StringComparer.Ordinal);

    /// <summary>The targets.</summary>
    public static IEnumerable<FuzzTarget> All() =>
        [
            Of("manifest.json", _ => { }, results => _ = results.Manifest),
            Of("runs.csv", bytes => RunsFile.Read(bytes), results => _ = results.Runs),
            Of("cells.csv", bytes => CellsFile.Read(bytes), results => _ = results.Cells),
            Of(
                "claims.csv",
                bytes =>
                {
                    ClaimsFile.ReadVerdicts(bytes);
                    ClaimsFile.Read(bytes);
                },
                results => _ = results.Claims
            ),
            Of("layers.csv", _ => { }, results => _ = results.Layers),
        ];

    private static FuzzTarget Of(string name, Action<byte[]> read, Action<StudyResults> table) =>
        new(
            name,
            [Files[name]],
            input =>
            {
                table(
                    StudyResults.Of("results/zig-zag/", new Dictionary<string, byte[]>(Files) { [name] = input.Bytes })
                );
                read(input.Bytes);
            },
            typeof(PipelineException),
            typeof(InvalidDataException)
        )
        {
            Words = ["NaN", "true", "completed", "diverged", "holds", "\"", "\n,,,,,,,,\n", "seed", "{}", "null"],
        };

    // Each line of a table is read alike.
    private static byte[] Beginning(string path) =>
        Path.GetExtension(path) == ".csv"
            ? Encoding.UTF8.GetBytes(string.Concat(File.ReadLines(path).Take(Lines).Select(line => line + "\n")))
            : File.ReadAllBytes(path);
}

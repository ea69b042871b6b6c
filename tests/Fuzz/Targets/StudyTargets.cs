using Pipeline.Artifacts;
using Pipeline.Benchmarks;
using Pipeline.Flow;
using Pipeline.Stages.Expand;
using Pipeline.Stages.Expand.DataSets;

namespace Pipeline.Fuzz.Targets;

/// <summary>Files that users write: studies, and descriptions of data sets.</summary>
internal static class StudyTargets
{
    private const int LongestSeed = 3000;

    /// <summary>The targets; beside a study lie those that it may extend.</summary>
    public static IEnumerable<FuzzTarget> In(string folder)
    {
        var studies = Path.Combine(Repository.Root, "experiments");
        foreach (var path in Directory.EnumerateFiles(studies, "*.yaml", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, "study", Path.GetRelativePath(studies, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy, overwrite: true);
        }
        var session = new Session(
            new()
            {
                Root = Repository.Root,
                CallerDirectory = Repository.Root,
                Cache = Path.Combine(folder, "no-cache"),
                CacheIsReadOnly = true,
            },
            TextWriter.Null,
            CancellationToken.None
        );
        var vocabulary = new StudyVocabulary(session.Library).Names;
        yield return new(
            "study",
            [
                .. Directory
                    .EnumerateFiles(studies, "*.yaml")
                    .Order(StringComparer.Ordinal)
                    .Select(File.ReadAllBytes)
                    .Where(text => text.Length <= LongestSeed),
            ],
            input =>
            {
                var plan = Expander.Expand(StudySource.Load(input.Path), vocabulary, StudyOverrides.None);
                GC.KeepAlive(ArtifactEncoding.DecodePlan(ArtifactEncoding.Encode(plan)).Runs().First());
            },
            typeof(StudyException)
        )
        {
            File = "input.yaml",
            Words =
            [
                .. vocabulary.Kinds.SelectMany(kind => kind.Names),
                "\nextends: zig-zag.yaml\n",
                "\nextends: input.yaml\n",
                "\nextends: ../../../README.md\n",
                "quasi_random: 'log(1e-5, 0.1)'",
                "points: ",
                "seeds: ",
                "best",
                "*a",
                "&a",
                "!!binary ",
                "<<: ",
                "\n---\n",
                "model.width: ",
            ],
        };
        yield return new(
            "description",
            [
                "format: csv\ntraining: a.csv\ntest: b.csv\nlabel: kind\nheader: true\nallow: missing_labels\n"u8.ToArray(),
                "format: npy\ntraining: [x.npy, y.npy]\ntest:\n  - tx.npy\n  - ty.npy\n"u8.ToArray(),
            ],
            input => DataSetFile.Read(input.Path),
            typeof(StudyException)
        )
        {
            File = "input.yaml",
            Words = ["csv", "idx", "npy", "cifar10", "../../etc/passwd", "/dev/zero", "true", "&a", "*a", "\n---\n"],
        };
    }
}

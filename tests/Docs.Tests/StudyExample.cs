using Pipeline.Artifacts;
using Pipeline.Stages.Expand;

namespace Pipeline.Docs.Tests;

/// <summary>The whole study with which experiments/README.md begins.</summary>
internal static class StudyExample
{
    public static string Text { get; } = Documents.Read("experiments/README.md").Split("```yaml\n")[1].Split("```")[0];

    /// <summary>Spells out a study of some text.</summary>
    /// <exception cref="StudyException">It is none.</exception>
    public static Plan Expand(string text) =>
        WithFile(text, path => Expander.Expand(StudySource.Load(path), StudyNames.Vocabulary, StudyOverrides.None));

    /// <summary>Does something with a file of some text, which is gone afterwards.</summary>
    public static T WithFile<T>(string text, Func<string, T> read)
    {
        var folder = Directory.CreateTempSubdirectory("docs-tests-");
        try
        {
            var path = Path.Combine(folder.FullName, "mine.yaml");
            File.WriteAllText(path, text);
            return read(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

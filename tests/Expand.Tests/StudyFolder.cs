using Pipeline.Artifacts;
using Pipeline.Stages.Expand;

namespace Pipeline.Expand.Tests;

/// <summary>A temporary folder of studies. Messages name its files without the folder, as a user who works in it would.</summary>
internal sealed class StudyFolder : IDisposable
{
    /// <summary>A study that gives what must be given and nothing else, without its first line, the title.</summary>
    public const string Minimal = """
        dataset: digits
        fixed:
          model: {kind: mlp, depth: 6, width: 64}
          activation: relu
          initialization: he_normal
          optimizer.kind: sgd
          learning_rate: 0.1
          batch_size: 64
          epochs: 15

        """;

    private readonly string root = Directory.CreateTempSubdirectory("expand-tests-").FullName;

    public string PathOf(string file) => Path.Combine(root, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public StudySource Load(string file = "x.yaml") => StudySource.Load(PathOf(file));

    public Plan Expand(string file = "x.yaml", StudyOverrides? overrides = null) =>
        Expander.Expand(Load(file), TestVocabulary.Instance, overrides ?? StudyOverrides.None);

    /// <summary>The plan of a study, given without its title.</summary>
    public static Plan PlanOf(string text, string[]? only = null, string[]? set = null)
    {
        using var folder = new StudyFolder();
        folder.Write("x.yaml", "title: A study\n" + text);
        return folder.Expand(overrides: new(only ?? [], set ?? []));
    }

    /// <summary>The message with which a study is refused; its path is cut to the file's name within the folder.</summary>
    public string Refusal(StudyOverrides? overrides = null) =>
        Shortened(Assert.Throws<StudyException>(() => Expand(overrides: overrides)));

    /// <summary>The message with which a study of this text, its title included, is refused.</summary>
    public static string RefusalOf(string text, string[]? only = null, string[]? set = null)
    {
        using var folder = new StudyFolder();
        folder.Write("x.yaml", text);
        return folder.Refusal(new(only ?? [], set ?? []));
    }

    public string Shortened(Exception e) =>
        e.Message.Replace(root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(root, recursive: true);
}

namespace Pipeline.Stages.Expand;

/// <summary>The files of a study, read but not yet understood: its own, the one that it extends, and so on.</summary>
public sealed class StudySource
{
    private const int MaxFiles = 16;

    private StudySource(string name, IReadOnlyList<StudyFile> files)
    {
        Name = name;
        Files = files;
        Digest = Artifacts.Digest.Of(string.Join('\n', files.Select(file => file.Digest)));
    }

    /// <summary>The study's name: its file's name without extension.</summary>
    public string Name { get; }

    /// <summary>The digest over the bytes of all files. Where they lie and what they are called is no part of it.</summary>
    public string Digest { get; }

    /// <summary>The paths of the study's own file, then of what it extends, and so on.</summary>
    public IEnumerable<string> Paths => Files.Select(file => file.Path);

    /// <summary>The study's own file, then what it extends, and so on.</summary>
    internal IReadOnlyList<StudyFile> Files { get; }

    /// <summary>Reads a study's files. Of their YAML only the lines that begin with <c>extends:</c> are looked at.</summary>
    /// <param name="path">The study's file; messages name it as it is given here.</param>
    /// <exception cref="StudyException">
    /// A file is missing, is no UTF-8 text or is too long, or the files extend one another in a circle.
    /// </exception>
    public static StudySource Load(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new StudyException(
                new(path),
                "the name of a study's file holds only letters, digits, '-' and '_', such as my-study.yaml"
            );
        }
        List<StudyFile> files = [StudyFile.Read(path, null)];
        HashSet<string> seen = new(StringComparer.Ordinal) { Path.GetFullPath(path) };
        while (files[^1] is { Extends: { } reference } last)
        {
            var next = Path.Combine(Path.GetDirectoryName(last.Path) ?? "", reference.Path);
            if (!seen.Add(Path.GetFullPath(next)))
            {
                throw new StudyException(
                    reference.Place,
                    $"extends leads back to {next}, so that the files extend one another in a circle"
                );
            }
            if (files.Count == MaxFiles)
                throw new StudyException(reference.Place, $"more than {MaxFiles} files extend one another");
            files.Add(StudyFile.Read(next, reference.Place));
        }
        return new(name, files);
    }
}

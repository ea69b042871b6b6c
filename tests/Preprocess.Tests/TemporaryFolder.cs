using System.IO.Compression;
using System.Text;

namespace Pipeline.Preprocess.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("preprocess-tests-").FullName;

    public string PathOf(string file) => Path.Combine(root, file);

    /// <summary>Writes a file, gzipped where its name ends so.</summary>
    public string Write(string file, byte[] content)
    {
        File.WriteAllBytes(PathOf(file), file.EndsWith(".gz", StringComparison.Ordinal) ? Gzipped(content) : content);
        return PathOf(file);
    }

    /// <summary>Writes a text file of these lines, gzipped where its name ends so.</summary>
    public string Write(string file, IEnumerable<string> lines) =>
        Write(file, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    /// <summary>Writes these bytes whatever the file's name.</summary>
    public string WriteRaw(string file, byte[] content)
    {
        File.WriteAllBytes(PathOf(file), content);
        return PathOf(file);
    }

    public static byte[] Gzipped(byte[] content)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Fastest))
            zip.Write(content);
        return target.ToArray();
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}

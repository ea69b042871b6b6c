namespace Pipeline.Artifacts.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("artifacts-tests-").FullName;

    public string PathOf(string file) => Path.Combine(root, file);

    public void Dispose() => Directory.Delete(root, recursive: true);
}

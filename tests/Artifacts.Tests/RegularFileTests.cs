using System.Diagnostics;

namespace Pipeline.Artifacts.Tests;

public sealed class RegularFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("regularfiletests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Files_and_links_to_files_are_files()
    {
        File.WriteAllText(PathOf("Ünïcode file"), "");
        Is("Ünïcode file", exists: true, other: false);
        Is("nothing", exists: false, other: false);
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(PathOf("link"), PathOf("Ünïcode file"));

        Is("link", exists: true, other: false);
        File.CreateSymbolicLink(PathOf("nowhere"), "user@host.1");
        File.CreateSymbolicLink(PathOf("circle"), "circle");
        Is("nowhere", exists: false, other: false);
        Is("circle", exists: false, other: false);
    }

    [Fact]
    public void Folders_pipes_and_devices_are_none()
    {
        Is("", exists: false, other: true);
        if (OperatingSystem.IsWindows())
            return;
        using (var make = Process.Start("mkfifo", [PathOf("pipe")]))
            make.WaitForExit();
        File.CreateSymbolicLink(PathOf("link"), PathOf("pipe"));
        File.CreateSymbolicLink(PathOf("zeros"), "/dev/zero");

        Is("pipe", exists: false, other: true);
        Is("link", exists: false, other: true);
        Is("zeros", exists: false, other: true);
    }

    private void Is(string name, bool exists, bool other) =>
        Assert.Equal((exists, other), (RegularFile.Exists(PathOf(name)), RegularFile.IsOther(PathOf(name))));

    private string PathOf(string name) => Path.Combine(folder, name);
}

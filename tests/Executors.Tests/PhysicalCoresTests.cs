using System.Text;

namespace Pipeline.Executors.Tests;

public sealed class PhysicalCoresTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("physicalcorestests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(new[] { "0", "1" }, 2)]
    [InlineData(new[] { "0-1", "0-1" }, 1)]
    [InlineData(new[] { "0,4", "1,5", "0,4", "1,5" }, 2)]
    public void Hardware_threads_of_one_core_count_once(string[] siblings, int cores)
    {
        for (var i = 0; i < siblings.Length; i++)
        {
            Directory.CreateDirectory(PathOf($"cpu/cpu{i}/topology"));
            File.WriteAllText(PathOf($"cpu/cpu{i}/topology/thread_siblings_list"), siblings[i] + "\n", Encoding.ASCII);
        }

        Assert.Equal(cores, PhysicalCores.FromLinux(PathOf("cpu")));
    }

    [Fact]
    public void Where_the_system_does_not_tell_its_cores_there_is_one_at_least()
    {
        Assert.Null(PhysicalCores.FromLinux(PathOf("nowhere")));
        Assert.InRange(PhysicalCores.Count, 1, Environment.ProcessorCount);
    }

    private string PathOf(string relative) => Path.Combine(folder, relative);
}

namespace Pipeline.Tests;

/// <summary>Whatever happens to the files of a cache, results are the same bytes, and no damage stays.</summary>
public sealed class CacheDamageTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    // A thousand damages in all.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Damage_of_any_kind_leads_to_no_other_result(int seed)
    {
        const int rounds = 10;
        const int damagesOfRound = 25;
        workspace.Run("--target=Report").Succeeded();
        var (random, whole) = (new Random(seed), workspace.Files("results"));
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < damagesOfRound; i++)
                Damage(random);
            Directory.Delete(workspace.PathOf("results"), recursive: true);

            workspace.Run("--target=Report").Succeeded();

            Assert.Equal(whole, workspace.Files("results"));
        }
        workspace.Run("--target=Report").Succeeded();
        Assert.DoesNotContain("damaged", workspace.Run("--target=Report").Succeeded(), StringComparison.Ordinal);
        Assert.StartsWith(
            "plan: 0 of 16 runs to do",
            workspace.Run("--target=Plan").Line("plan"),
            StringComparison.Ordinal
        );
    }

    private void Damage(Random random)
    {
        // The few entries of stages are hit as often as the many of runs.
        string[] stores = ["cache/ac", "cache/cas", "cache/history"];
        var files = Directory.GetFiles(
            workspace.PathOf(stores[random.Next(stores.Length)]),
            "*",
            SearchOption.AllDirectories
        );
        if (files.Length == 0)
            return;
        Array.Sort(files, StringComparer.Ordinal);
        var path = files[random.Next(files.Length)];
        // A link to nowhere, which an earlier damage made.
        if (IsLink(path))
            return;
        var bytes = File.ReadAllBytes(path);
        switch (random.Next(9))
        {
            case 0:
            case 1:
                if (bytes.Length > 0)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(path, bytes);
                break;
            case 2:
                File.WriteAllBytes(path, bytes[..random.Next(bytes.Length + 1)]);
                break;
            case 3:
                File.WriteAllBytes(path, []);
                break;
            case 4:
                File.WriteAllBytes(path, [.. bytes, (byte)'\n']);
                break;
            case 5:
                File.WriteAllBytes(path, new byte[bytes.Length]);
                break;
            case 6:
                File.Delete(path);
                if (random.Next(2) == 0)
                    Directory.CreateDirectory(Path.Combine(path, "x"));
                break;
            case 7:
                File.Delete(path);
                File.CreateSymbolicLink(path, "/nonexistent");
                break;
            default:
                var other = files[random.Next(files.Length)];
                if (IsLink(other))
                    return;
                File.WriteAllBytes(path, File.ReadAllBytes(other));
                File.WriteAllBytes(other, bytes);
                break;
        }
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}

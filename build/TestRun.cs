using System.Globalization;
using System.Xml.Linq;
using Cake.Core;

namespace Pipeline.Build;

/// <summary>Runs the tests and counts them in the runner's result files.</summary>
internal static class TestRun
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Runs all tests of the solution; the counts end up in <c>artifacts/tests/summary.txt</c> too.</summary>
    /// <exception cref="CakeException">A test failed, or none ran.</exception>
    public static void Execute(string root)
    {
        var results = Path.Combine(root, "artifacts", "tests");
        if (Directory.Exists(results))
            Directory.Delete(results, recursive: true);
        Directory.CreateDirectory(results);
        string[] arguments =
        [
            "test",
            "Pipeline.sln",
            "-c",
            "Release",
            "--nologo",
            "--logger",
            "trx",
            "--results-directory",
            results,
        ];
        var exitCode = Dotnet.Run(root, arguments);
        var summary = Count(Directory.EnumerateFiles(results, "*.trx"));
        File.WriteAllText(Path.Combine(results, "summary.txt"), summary + "\n");
        Console.WriteLine(summary);
        if (exitCode != 0 || summary.StartsWith("0 passed", StringComparison.Ordinal))
            throw new CakeException($"The tests did not pass ({summary}).");
    }

    /// <summary>Sums up result files: <c>412 passed, 0 failed, 3 skipped</c>.</summary>
    internal static string Count(IEnumerable<string> files)
    {
        var (passed, failed, skipped) = (0, 0, 0);
        foreach (var file in files)
        {
            var counters = XDocument.Load(file).Descendants(Trx + "Counters").Single();
            int Number(string name) => int.Parse(counters.Attribute(name)!.Value, CultureInfo.InvariantCulture);
            passed += Number("passed");
            skipped += Number("total") - Number("executed");
            failed += Number("executed") - Number("passed");
        }
        return $"{passed} passed, {failed} failed, {skipped} skipped";
    }
}

namespace Pipeline.Tests;

public sealed class VerifyTests : IDisposable
{
    private const string Runs = "results/small/runs.csv";
    private const string Claims = """
        claims:
          - {says: ReLU learns digits, source: a test, basis: theory, metric: test_accuracy, left: {activation: relu, normalization: none}, above: 0.5}
          - {says: ReLU learns nothing, source: a test, basis: theory, metric: test_accuracy, left: {activation: relu, normalization: none}, below: 0.5}
          - {says: GELU is the best, source: a test, basis: theory, metric: test_accuracy, left: {activation: gelu, normalization: best}, above: {activation: relu, normalization: best}}

        """;

    private readonly Workspace workspace = new();

    public VerifyTests() =>
        workspace.Write(
            "experiments/small.yaml",
            Workspace.Study.Replace("seeds: 2", "seeds: 3", StringComparison.Ordinal) + Claims
        );

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void Results_that_can_not_be_read_end_no_judgement_of_others()
    {
        workspace.Write("experiments/another.yaml", workspace.Read("experiments/small.yaml"));
        workspace.Run("--target=Report").Succeeded();
        File.Delete(workspace.PathOf("results/another/runs.csv"));

        var outcome = workspace.Run("--target=Verify");

        Assert.Equal(255, outcome.ExitCode);
        Assert.Matches("^verify: 3 claims: ", outcome.Line("verify"));
        Assert.Contains("Warning: results/another/runs.csv", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Error: results/another/runs.csv", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_as_they_were_written_pass_without_a_stage()
    {
        workspace.Run("--target=Report").Succeeded();
        Directory.Delete(workspace.PathOf("cache"), recursive: true);
        var before = workspace.Files("results");

        var outcome = workspace.Run("--target=Verify");

        Assert.Equal("verify: 3 claims: 1 hold, 1 refuted, 1 undecided, 0 changed, 0 stale", outcome.Line("verify"));
        Assert.DoesNotContain(
            ":",
            outcome.Succeeded().Replace(outcome.Line("verify"), "", StringComparison.Ordinal).Split("Task  ")[0],
            StringComparison.Ordinal
        );
        Assert.Equal(before, workspace.Files("results"));
        Assert.Equal(outcome.Line("verify"), workspace.Run("--target=Verify", "--experiment=small").Line("verify"));
        Assert.Contains(
            "| [a test](#a-test) | 3 | 1 | 1 | 1 |",
            workspace.Read("results/README.md"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_study_without_claims_passes()
    {
        workspace.Write("experiments/small.yaml", Workspace.Study);
        workspace.Run("--target=Report").Succeeded();

        var outcome = workspace.Run("--target=Verify");

        outcome.Succeeded();
        Assert.Equal("verify: 0 claims: 0 hold, 0 refuted, 0 undecided, 0 changed, 0 stale", outcome.Line("verify"));
    }

    [Fact]
    public void A_planted_number_that_changes_a_verdict_fails_with_the_claim()
    {
        workspace.Run("--target=Report").Succeeded();
        Plant(run => run is ["relu", _, "none", ..], accuracy => 1 - accuracy);

        var outcome = workspace.Run("--target=Verify");

        Assert.Equal(255, outcome.ExitCode);
        Assert.Equal("verify: 3 claims: 0 hold, 0 refuted, 0 undecided, 3 changed, 0 stale", outcome.Line("verify"));
        Assert.Contains(
            "Warning: results/small/runs.csv was changed after it was written",
            outcome.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "small: 'ReLU learns nothing' was recorded as refuted (effect 0.",
            outcome.Output,
            StringComparison.Ordinal
        );
        Assert.Matches(
            @"Error: 3 of 3 claims are not as recorded; the first: small: 'ReLU learns digits' was recorded as holds \(effect 0\.\S+, adjusted p \S+, of the opposite \S+\), and is refuted \(effect -0\.\S+, adjusted p \S+, of the opposite \S+\): .*--target=Report\.",
            outcome.Error
        );
    }

    [Fact]
    public void A_planted_number_that_changes_no_verdict_fails_with_the_file()
    {
        workspace.Run("--target=Report").Succeeded();
        Plant(run => run is ["gelu", ..], accuracy => accuracy - 0.001);

        RefusedForEdits("results/small/runs.csv was changed after it was written: its digest is not the manifest's");
    }

    [Fact]
    public void Every_file_changed_or_deleted_by_hand_fails()
    {
        workspace.Run("--target=Report").Succeeded();
        var files = Directory.GetFiles(workspace.PathOf("results/small")).Select(path => Path.GetFileName(path)!);
        foreach (var name in files.Where(name => name is not ("manifest.json" or "runs.csv" or "claims.csv")))
        {
            var path = workspace.PathOf($"results/small/{name}");
            var bytes = File.ReadAllBytes(path);
            File.AppendAllText(path, "\n");
            RefusedForEdits($"results/small/{name} was changed after it was written");
            File.Delete(path);
            RefusedForEdits($"results/small/{name} is missing");
            File.WriteAllBytes(path, bytes);
        }

        workspace.Run("--target=Verify").Succeeded();
    }

    private void RefusedForEdits(string edit)
    {
        var outcome = workspace.Run("--target=Verify");

        Assert.Equal(255, outcome.ExitCode);
        Assert.Contains(
            $"Error: A file of the results is not as written; the first: {edit}",
            outcome.Error,
            StringComparison.Ordinal
        );
        Assert.Equal("verify: 3 claims: 1 hold, 1 refuted, 1 undecided, 0 changed, 0 stale", outcome.Line("verify"));
    }

    [Fact]
    public void A_claim_reworded_since_is_missing_and_new_and_one_judged_otherwise_is_changed()
    {
        workspace.Run("--target=Report").Succeeded();
        workspace.Edit("experiments/small.yaml", "says: GELU is the best", "says: GELU is better");
        workspace.Edit("experiments/small.yaml", "above: 0.5", "above: 0.999");

        var outcome = workspace.Run("--target=Verify");

        Assert.Equal(255, outcome.ExitCode);
        Assert.Contains(
            "small: 'GELU is better' is not recorded, and is undecided (",
            outcome.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "small: 'GELU is the best' was recorded as undecided (",
            outcome.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "small: 'ReLU learns digits' was recorded as holds (",
            outcome.Output,
            StringComparison.Ordinal
        );
        Assert.Equal("verify: 4 claims: 0 hold, 1 refuted, 0 undecided, 3 changed, 0 stale", outcome.Line("verify"));
    }

    [Fact]
    public void Claims_of_what_other_code_or_runs_made_are_stale()
    {
        const string stale = "verify: 3 claims: 0 hold, 0 refuted, 0 undecided, 0 changed, 3 stale";
        workspace.Run("--target=Report").Succeeded();
        var manifest = workspace.Read("results/small/manifest.json");
        workspace.Write(
            "results/small/manifest.json",
            manifest.Replace("\"code:activation/gelu\": \"", "\"code:activation/gelu\": \"0", StringComparison.Ordinal)
        );
        Plant(run => run is ["relu", _, "none", ..], accuracy => 1 - accuracy);

        var otherCode = workspace.Run("--target=Verify");
        workspace.Write("results/small/manifest.json", manifest);
        workspace.Edit("experiments/small.yaml", "epochs: 3", "epochs: 4");
        var otherRuns = workspace.Run("--target=Verify");

        Assert.Contains(
            "small: results/small is stale: the manifest's code:activation/gelu is not",
            otherCode.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(stale, otherCode.Line("verify"));
        Assert.Contains("small: results/small is stale: its runs are not", otherRuns.Output, StringComparison.Ordinal);
        Assert.Equal(stale, otherRuns.Line("verify"));
    }

    [Fact]
    public void A_missing_or_damaged_file_is_named_with_the_remedy()
    {
        workspace.Run("--target=Report").Succeeded();

        foreach (var name in (string[])["manifest.json", "runs.csv", "claims.csv"])
        {
            var text = workspace.Read($"results/small/{name}");
            File.Delete(workspace.PathOf($"results/small/{name}"));
            Refused($"Error: results/small/{name} is missing: write it with --target=Report.");
            workspace.Write($"results/small/{name}", text);
        }

        var runs = workspace.Read(Runs);
        workspace.Edit(Runs, ",completed,", ",completed,x");
        Refused("Error: results/small/runs.csv: line 2, column steps: 'x");
        workspace.Write(Runs, runs[..(runs.Length / 2)]);
        Refused("Error: results/small/runs.csv: line ");
        workspace.Write(
            Runs,
            string.Concat(
                runs.Split('\n')
                    .Select(line => line.Length == 0 ? "" : Without(line, "validation_accuracy", runs) + "\n")
            )
        );
        Refused("Error: results/small/runs.csv: Run ");
    }

    private void Refused(string error)
    {
        var outcome = workspace.Run("--target=Verify");

        Assert.Equal(255, outcome.ExitCode);
        Assert.Contains(error, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--target=Report", outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>Changes the test accuracy of runs, told by their values on the axes.</summary>
    private void Plant(Predicate<string[]> isMeant, Func<double, double> change)
    {
        var lines = workspace.Read(Runs).Split('\n');
        var column = Array.IndexOf(lines[0].Split(','), "test_accuracy");
        for (var i = 1; i < lines.Length - 1; i++)
        {
            var fields = lines[i].Split(',');
            if (isMeant(fields[1..]))
                fields[column] = change(double.Parse(fields[column], System.Globalization.CultureInfo.InvariantCulture))
                    .ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            lines[i] = string.Join(',', fields);
        }
        workspace.Write(Runs, string.Join('\n', lines));
    }

    /// <summary>A row, but for the header, with a column left empty.</summary>
    private static string Without(string row, string column, string table)
    {
        var header = table.Split('\n')[0];
        var fields = row.Split(',');
        if (row != header)
            fields[Array.IndexOf(header.Split(','), column)] = "";
        return string.Join(',', fields);
    }
}

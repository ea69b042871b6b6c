using System.Globalization;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Pipeline.Train.Torch.Tests;

/// <summary>Runs all tests of this assembly, one after the other, and prints a row for each: where the backends differed most.</summary>
/// <param name="output">Where to print.</param>
internal sealed class DifferenceTable(TextWriter output) : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly ManualResetEventSlim end = new();
    private string heading = "",
        place = "";
    private float largest;
    private int passed,
        failed,
        skipped;

    /// <summary>Runs them; the last line that is printed has their count.</summary>
    /// <returns>Whether there were any, and all passed.</returns>
    public bool Run()
    {
        output.WriteLine(
            $"Largest differences between the managed backend and torch on {Libtorch.Device}, as a share of the largest value of what is compared; {Parity.Tolerance:0.#####} is allowed."
        );
        output.WriteLine(Row("check", "managed", "torch", "difference", "passed"));
        using var framework = new XunitTestFramework(this);
        using var executor = framework.GetExecutor(Assembly.GetExecutingAssembly().GetName());
        executor.RunAll(this, new Options(), new Options());
        end.Wait();
        output.WriteLine($"The largest of all is {Number(largest, "0.0e+00")}: {place}");
        output.WriteLine($"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}");
        return passed > 0 && failed + skipped == 0;
    }

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestStarting:
                Parity.Largest = null;
                break;
            case ITestPassed test:
                passed++;
                Write(test, "yes");
                break;
            case ITestSkipped test:
                skipped++;
                Write(test, $"skipped: {test.Reason}");
                break;
            case ITestFailed test:
                failed++;
                Write(test, $"NO: {Said(test)}");
                break;
            // Of whatever else goes wrong, in a constructor, say, nothing may be lost.
            case IFailureInformation failure:
                failed++;
                output.WriteLine($"NO: {Said(failure)}");
                break;
            case ITestAssemblyFinished:
                end.Set();
                break;
        }
        return true;
    }

    public void Dispose() => end.Dispose();

    private void Write(ITestMessage message, string outcome)
    {
        var method = message.TestMethod;
        var title = $"{method.TestClass.Class.Name.Split('.')[^1]}: {method.Method.Name.Replace('_', ' ')}";
        if (title != heading)
            output.WriteLine(heading = title);
        var (name, difference) = (message.Test.DisplayName, Parity.Largest);
        var at = name.IndexOf('(', StringComparison.Ordinal);
        if (difference?.Share > largest)
            (largest, place) = (difference.Share, name);
        output.WriteLine(
            Row(
                at < 0 ? "(one case)" : name[(at + 1)..^1],
                Number(difference?.Managed, "G7"),
                Number(difference?.Torch, "G7"),
                Number(difference?.Share, "0.0e+00"),
                outcome
            )
        );
    }

    private static string Row(string check, string managed, string torch, string difference, string passed) =>
        $"  {check, -70} {managed, 14} {torch, 14} {difference, 10}   {passed}";

    private static string Number(float? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private static string Said(IFailureInformation failure) =>
        string.Join(" ", failure.Messages).ReplaceLineEndings(" ");

    /// <summary>xunit's settings: a test's messages come while it stands still, so that what was compared is the test's.</summary>
    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        public TValue GetValue<TValue>(string name) =>
            name == "xunit.execution.SynchronousMessageReporting" ? (TValue)(object)true : default!;

        public void SetValue<TValue>(string name, TValue value) => throw new NotSupportedException();
    }
}

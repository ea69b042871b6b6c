using System.Diagnostics;
using System.Globalization;
using Pipeline.Benchmarks;
using Pipeline.Fuzz;
using Pipeline.Fuzz.Targets;

var (seconds, seed, inputs, only) = (60, 1, int.MaxValue, "");
foreach (var argument in args)
{
    var (name, value) = argument.Split('=', 2) is [var left, var right] ? (left, right) : (argument, "");
    var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
    switch (name)
    {
        case "--seconds" when isNumber && number > 0:
            seconds = number;
            break;
        case "--seed" when isNumber:
            seed = number;
            break;
        case "--inputs" when isNumber && number > 0:
            inputs = number;
            break;
        case "--only" when value.Length > 0:
            only = value;
            break;
        default:
            Console.Error.WriteLine(
                $"{argument} is not possible: there are --seconds=<n>, --seed=<n>, --inputs=<n> for each decoder, and --only=<decoder>."
            );
            return 1;
    }
}

var folder = Path.Combine(Repository.Root, "artifacts", "fuzz");
Directory.CreateDirectory(folder);
FuzzTarget[] targets = [.. AllTargets.In(folder).Where(target => only.Length == 0 || target.Name == only)];
var share = TimeSpan.FromSeconds((double)seconds / targets.Length);
var all = new List<Fuzzed>();
foreach (var target in targets)
{
    var start = Stopwatch.GetTimestamp();
    var fuzzed = new Fuzzing(folder, seed).Run(
        target,
        next => next < inputs && (inputs < int.MaxValue || Stopwatch.GetElapsedTime(start) < share)
    );
    foreach (var failure in fuzzed.Failures)
        Console.WriteLine(failure);
    Console.WriteLine(
        $"fuzz {target.Name}: {fuzzed.Inputs} inputs, {fuzzed.Refused} refused, {fuzzed.Failures.Count} failed"
    );
    all.Add(fuzzed);
}
var failed = all.Sum(fuzzed => fuzzed.Failures.Count);
Console.WriteLine($"fuzz: {all.Sum(fuzzed => fuzzed.Inputs)} inputs, {failed} failed");
return failed == 0 && targets.Length > 0 ? 0 : 1;

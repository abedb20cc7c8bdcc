// The postal codes of regions, which the data set does not carry.

const STATES = `AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California, CO Colorado,
CT Connecticut, DE Delaware, FL Florida, GA Georgia, HI Hawaii, ID Idaho, IL Illinois, IN Indiana,
IA Iowa, KS Kansas, KY Kentucky, LA Louisiana, ME Maine, MD Maryland, MA Massachusetts,
MI Michigan, MN Minnesota, MS Mississippi, MO Missouri, MT Montana, NE Nebraska, NV Nevada,
NH New Hampshire, NJ New Jersey, NM New Mexico, NY New York, NC North Carolina, ND North Dakota,
OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, RI Rhode Island, SC South Carolina,
SD South Dakota, TN Tennessee, TX Texas, UT Utah, VT Vermont, VA Virginia, WA Washington,
WV West Virginia, WI Wisconsin, WY Wyoming`;
const DISTRICTS = "DC District of Columbia";
// The airports say CQ, as aviation does, where the post says MP.
const TERRITORIES =
  "AS American Samoa, CQ Northern Mariana Islands, GU Guam, PR Puerto Rico, VI U.S. Virgin Islands";

function listed(text, kind) {
  return text.split(/,\s+/).map((entry) => {
    const [, code, name] = entry.match(/^(\w\w) (.+)$/);
    return { code, name, kind };
  });
}

export const REGIONS = [
  ...listed(STATES, "state"),
  ...listed(DISTRICTS, "district"),
  ...listed(TERRITORIES, "territory"),
];
